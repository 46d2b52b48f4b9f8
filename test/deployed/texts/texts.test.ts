/** Text messages and WhatsApp on the deployed stack. */
import { afterAll, beforeAll, describe } from "vitest";
import { answers, describeAnswers } from "./answers.ts";
import { bursts, describeBursts } from "./bursts.ts";
import { describeDying, dying } from "./dying.ts";
import { closeShop, openShop } from "./shop.ts";
import { describeTextMessages, textMessages } from "./text-messages.ts";
import { describeWhatsapp, whatsapp } from "./whatsapp.ts";

beforeAll(() => openShop([textMessages, whatsapp, answers, bursts, dying]), 180_000);
afterAll(closeShop, 60_000);

describe("text messages", describeTextMessages);
describe("WhatsApp", describeWhatsapp);
describe("answers", describeAnswers);
describe("bursts", describeBursts);
describeDying();
