import { text } from '../language/language.ts';
import { chooseTheme, isDark, type Theme, theme } from '../theme.ts';
import { Icon, type IconName } from './icon.tsx';
import { Menu } from './menu.tsx';

const CHOICES: readonly (readonly [Theme, IconName])[] = [
  ['system', 'system'],
  ['dark', 'moon'],
  ['light', 'sun'],
];

export function ThemeMenu() {
  const { nav } = text.value;
  return (
    <Menu label={nav.theme} button={<Icon name={isDark() ? 'moon' : 'sun'} />}>
      {CHOICES.map(([id, icon]) => (
        <button
          key={id}
          type="button"
          aria-current={theme.value === id ? 'true' : undefined}
          onClick={() => chooseTheme(id)}
        >
          <Icon name={icon} /> {nav.themes[id]}
          {theme.value === id && <Icon name="check" size={16} />}
        </button>
      ))}
    </Menu>
  );
}
