/**
 * The longest text that AWS End User Messaging takes, in UTF-16 units. It splits the text into parts.
 * https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
 */
export const MOST_SMS_CHARACTERS = 1600;

/** The longest text that WhatsApp takes. */
export const MOST_WHATSAPP_CHARACTERS = 4096;
