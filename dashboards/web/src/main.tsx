import { render } from "preact";
import { App } from "./app/App.tsx";
import { followLinks, place } from "./state/address.ts";
import { notices } from "./state/notices.ts";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/parts.css";

followLinks();
notices.forgetWith(place);
const root = document.getElementById("app")!;
root.replaceChildren();
render(<App />, root);
