/** The messages in the dead-letter queues, and the objects in the bucket for failures. */

export const body = (customerId: string) =>
  JSON.stringify({ "detail-type": "order.placed", time: "2026-01-05T08:00:00Z", detail: { customerId } });

/** An object of the bucket for failures: one record of a customer's profile. */
export const failedBatch = (customerId: string) =>
  JSON.stringify({
    requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 6 },
    timestamp: "2026-01-05T09:00:00.000Z",
    payload: JSON.stringify({
      Records: [
        {
          eventName: "INSERT",
          eventSourceARN: "arn:aws:dynamodb:eu-central-1:1:table/Shop-Customers-1/stream/1",
          dynamodb: { SequenceNumber: "1", Keys: { customerId: { S: customerId }, sk: { S: "profile" } } },
        },
      ],
    }),
  });
