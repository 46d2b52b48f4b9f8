/** The name of the event that a message from a customer is. The checks of documents need the name and nothing else. */
export const MESSAGE_RECEIVED = "message.received";
