import { chooseLanguage, LANGUAGES, language, text } from '../language/language.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';

export function LanguageMenu() {
  return (
    <Menu label={text.value.nav.language} button={<Icon name="globe" />}>
      {LANGUAGES.map(([id, name]) => (
        <button
          key={id}
          type="button"
          lang={id}
          aria-current={language.value === id ? 'true' : undefined}
          onClick={() => chooseLanguage(id)}
        >
          {name}
          {language.value === id && <Icon name="check" size={16} />}
        </button>
      ))}
    </Menu>
  );
}
