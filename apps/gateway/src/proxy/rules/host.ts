const HOST = /^(?:[A-Za-z0-9._~!$&'()*+,;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/;

/** Whether a text is `uri-host [ ":" port ]` (RFC 9110 §7.2), at most 255 characters, without percent-encoding. */
export const isHost = (text: string): boolean => text.length <= 255 && HOST.test(text);
