import { startEngine } from "./engine.ts";
import { deploy } from "./deploy.ts";
import { DeployedStack, until } from "./stack.ts";
const t0 = performance.now();
const say = (l: string) => console.log(((performance.now() - t0) / 1000).toFixed(2), l);
const engine = await startEngine(say);
try {
  const now = new Date().toISOString();
  const outputs = await deploy(engine, { say, context: { removalPolicy: "destroy", from: "Shop <hello@shop.example>", timeScale: JSON.stringify({ factor: 4320, real: now, virtual: "2026-01-01T00:00:00.000Z" }) } });
  say("deployed"); (globalThis as any).o = outputs;
  const s = new DeployedStack(outputs, engine.client);
  await s.put("TemplatesTableName", { id: "hello", channel: "email", class: "marketing", subject: "Hi {{ customer.firstName }}", html: "<p>x</p>" });
  const p = await s.save({ id: "j", name: "J", status: "active", trigger: { event: "go", entry: "always" }, exit: [{ id: "left", event: "leave" }], goals: [{ id: "g", event: "leave" }], start: "s", components: { s: { type: "sendTemplate", template: "hello", next: "r" }, r: { type: "messageStatusRule", message: "s", status: "read", within: "P1D", met: "t", notMet: "t" }, t: { type: "addTag", tags: ["a"], next: "w" }, w: { type: "wait", for: "P2D" } } });
  say(JSON.stringify(p));
  for (const c of ["a", "b", "c"]) {
    const t = performance.now();
    await s.publish("go", { id: "e" + c, customerId: c, customer: { email: c + "@x.example", firstName: c } });
    await until("entered", async () => (await s.enrollments(c)).length > 0); say(c + " entered " + (performance.now() - t).toFixed(0));
    await until("rule", async () => (await s.enrollments(c))[0]?.position.waiting?.token, 12); say(c + " at rule " + (performance.now() - t).toFixed(0));
    if (c === "b") await s.publish("leave", { id: "l" + c, customerId: c });
    if (c === "c") { const m = (await s.enrollments(c))[0]!.messages[0]!; await s.publish("message.status", { customerId: c, data: { messageId: m.messageId, status: "read" } }); }
    const t2 = performance.now();
    if (c !== "a") { await until("moved", async () => { const e = (await s.enrollments(c))[0]!; return e.status === "exited" || e.position.componentId === "w"; }); say(c + " moved in " + (performance.now() - t2).toFixed(0)); }
  }
  await until("timeouts", async () => (await s.enrollments("a"))[0]?.status === "completed", 120); say("a completed");
  console.log(JSON.stringify(await s.enrollments("a"), null, 1).slice(0, 2500));
  console.log(JSON.stringify(await s.counts("j")));
} catch (e) { console.error(e); console.log(JSON.stringify(await new DeployedStack((globalThis as any).o, engine.client).customer("a"), null, 1)); } finally { await engine.stop(); }
