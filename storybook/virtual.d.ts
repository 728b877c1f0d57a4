/** The custom elements manifest as JSON, see manifest-plugin.ts. */
declare module "virtual:custom-elements" {
  const json: string;
  export default json;
}
