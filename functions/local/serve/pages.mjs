/**
 * The files of web pages of `fx serve` (wrangler.toml's `[assets]`), for the whole Worker. Plain JavaScript, since it is handed to the runtime as
 * it is.
 */
export default {
  fetch(request, { ASSETS }) {
    return ASSETS.fetch(request);
  },
};
