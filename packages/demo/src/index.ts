export { createDemoServer, type DemoServer, type DemoServerOptions } from "./server/create-demo-server.ts";
export { seedDemo } from "./seed/seed-demo.ts";
