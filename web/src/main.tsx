import { signal } from "@preact/signals";
import { render } from "preact";
import { api } from "./api/client";
import { App } from "./app";
import { recallLanguage } from "./locales";
import { Router } from "./router";
import { type Services, ServicesContext } from "./services";
import { Local } from "./state/local";
import { Uploads } from "./state/uploads";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";

const services: Services = {
  api,
  router: new Router(),
  local: new Local(),
  uploads: new Uploads(api),
  me: signal(undefined),
  entry: signal(null),
};
const root = document.getElementById("app");
// In the person's language from the first word on.
void recallLanguage().then(() => {
  if (root)
    render(
      <ServicesContext.Provider value={services}>
        <App />
      </ServicesContext.Provider>,
      root,
    );
});
