/**
 * For files that change the environment, such as those that start the functions. They share a process, so that the AWS
 * SDK is loaded once; but each has fresh modules of this repository, and leaves the environment as it found it.
 */
import { afterAll, vi } from "vitest";

vi.resetModules();

const environment = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
