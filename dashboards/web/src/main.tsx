import { render } from "preact";
import { App } from "./app/App.tsx";
import { followLinks } from "./state/address.ts";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/parts.css";

followLinks();
const root = document.getElementById("app")!;
root.replaceChildren();
render(<App />, root);
