import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { ToastRegion } from './components/toast-region.tsx';
import { text } from './language/language.ts';
import { AccountPage } from './pages/account/account-page.tsx';
import { EditPage } from './pages/editor/edit-page.tsx';
import { NewPage } from './pages/editor/new-page.tsx';
import { KeysPage } from './pages/keys/keys-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { SessionPage } from './pages/session/session-page.tsx';
import { SessionsPage } from './pages/sessions/sessions-page.tsx';
import { SignInDialog } from './pages/sign-in/sign-in-dialog.tsx';
import { SignInPage } from './pages/sign-in/sign-in-page.tsx';
import { WelcomePage } from './pages/welcome/welcome-page.tsx';
import { useScrollPosition } from './use-scroll-position.ts';

/** The addresses that are drawn here; every other link is the browser's. */
const PAGES = /^\/(?:$|[?#]|(?:session|sessions|edit|new|keys|account|sign-in)(?:$|[/?#]))/;

/** Where pages stand when one comes to them. */
function ScrollPosition() {
  useScrollPosition();
  return null;
}

/** null: it is no text, since a percent sign in it begins no character. The router would throw, and nothing be shown. */
function readable(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function Pages() {
  if (readable(useLocation().path) === null) return <NotFoundPage />;
  return (
    <Router>
      <Route path="/" component={WelcomePage} />
      <Route path="/session/:name" component={SessionPage} />
      <Route path="/session/:owner/:name" component={SessionPage} />
      <Route path="/new" component={NewPage} />
      <Route path="/edit/:name" component={EditPage} />
      <Route path="/edit/:owner/:name" component={EditPage} />
      <Route path="/sessions" component={SessionsPage} />
      <Route path="/keys" component={KeysPage} />
      <Route path="/account" component={AccountPage} />
      <Route path="/sign-in" component={SignInPage} />
      <Route default component={NotFoundPage} />
    </Router>
  );
}

export function App() {
  return (
    <LocationProvider scope={PAGES}>
      <a class="skip" href="#main">
        {text.value.nav.skip}
      </a>
      <Header />
      <ScrollPosition />
      <ErrorBoundary>
        <Pages />
      </ErrorBoundary>
      <Footer />
      <ToastRegion />
      <SignInDialog />
    </LocationProvider>
  );
}
