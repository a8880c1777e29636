import { render } from 'preact';
import { App } from './app.jsx';
import { closeByEscape } from './state/keyboard.js';
import './style.css';

closeByEscape();

const root = document.getElementById('page');
if (root !== null) render(<App />, root);
