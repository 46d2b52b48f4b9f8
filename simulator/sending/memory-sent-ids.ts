/** Stores in memory which message an id of a service stands for. */
import type { Report, SentIds, SentMessage } from "../../lambdas/app/sending-ports.ts";

export class MemorySentIds implements SentIds {
  private readonly sent = new Map<string, SentMessage>();
  private readonly early = new Map<string, Report[]>();

  async note(serviceId: string, message: SentMessage) {
    this.sent.set(serviceId, message);
    return this.reports(serviceId);
  }

  async find(serviceId: string, report?: Report) {
    const message = this.sent.get(serviceId);
    if (message) return { ...message, early: this.reports(serviceId) };
    if (!report) return undefined;
    const known = this.reports(serviceId);
    const others = known.filter(({ status }) => status !== report.status);
    const isEarlier = known.every(({ status, time }) => status !== report.status || report.time < time);
    if (isEarlier) this.early.set(serviceId, [...others, report]);
    return undefined;
  }

  private reports(serviceId: string): Report[] {
    return this.early.get(serviceId) ?? [];
  }
}
