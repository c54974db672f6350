import { render } from 'preact';
import { App } from './app.tsx';
import { ROOT } from './settings.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/slider.css';
import './styles/layout.css';
import './styles/feedback.css';
import './styles/picture.css';
import './styles/args.css';
import './styles/session.css';
import './styles/welcome.css';
import './styles/editor.css';
import './styles/lists.css';
import './styles/sessions.css';
import './styles/pages.css';

render(<App />, ROOT);
