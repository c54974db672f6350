import { useLocation } from 'preact-iso';
import { askToSignIn } from '../ask-to-sign-in.ts';
import { isExpected, known, me, signOut } from '../identity.ts';
import { text } from '../language/language.ts';
import { ICON_PATH } from '../settings.ts';
import { say } from '../toasts.ts';
import { Icon } from './icon.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { Menu } from './menu.tsx';
import { ThemeMenu } from './theme-menu.tsx';

function NavLink({ href, label }: { readonly href: string; readonly label: string }) {
  const { path } = useLocation();
  return (
    <a href={href} aria-current={path === href ? 'page' : undefined}>
      {label}
    </a>
  );
}

function Links() {
  const { nav } = text.value;
  return (
    <>
      {isExpected.value && <NavLink href="/sessions" label={nav.sessions} />}
      {isExpected.value && <NavLink href="/keys" label={nav.keys} />}
      <NavLink href="/new" label={nav.gallery} />
      <NavLink href="/graphql" label={nav.playground} />
      <NavLink href="/docs" label={nav.docs} />
    </>
  );
}

function Account() {
  const { nav, signIn } = text.value;
  if (!known.value) return <span class="button bare icon" />;
  if (me.value === null) {
    return (
      <button type="button" class="button quiet" onClick={() => void askToSignIn()}>
        {nav.signIn}
      </button>
    );
  }
  async function leave() {
    await signOut();
    say(signIn.signedOut);
  }
  return (
    <Menu label={nav.account} button={<Icon name="user" />}>
      <a href="/account">
        <Icon name="user" /> <bdi class="name">{me.value}</bdi>
      </a>
      <hr />
      <a href="/sessions">
        <Icon name="eye" /> {nav.sessions}
      </a>
      <a href="/keys">
        <Icon name="key" /> {nav.keys}
      </a>
      <button type="button" onClick={() => void leave()}>
        <Icon name="out" /> {nav.signOut}
      </button>
    </Menu>
  );
}

export function Header() {
  const { nav } = text.value;
  return (
    <header class="bar">
      <div class="bar-inner">
        <div class="only-narrow">
          <Menu label={nav.menu} button={<Icon name="menu" size={20} />} class="button bare icon">
            <Links />
          </Menu>
        </div>
        <a class="brand" href="/" aria-label="realtime-svg">
          <img src={ICON_PATH} width="26" height="26" alt="" /> <span>realtime-svg</span>
        </a>
        <nav class="nav" aria-label={nav.main}>
          <Links />
        </nav>
        <div class="bar-end">
          <LanguageMenu />
          <ThemeMenu />
          <Account />
          <a class="button only-wide" href="/new">
            <Icon name="plus" size={16} /> {nav.create}
          </a>
        </div>
      </div>
    </header>
  );
}
