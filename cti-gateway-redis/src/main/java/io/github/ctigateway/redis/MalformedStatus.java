package io.github.ctigateway.redis;

/**
 * Something in the place of an event that is none.
 *
 * @param source where it stood, such as {@code field a of gateways}
 * @param reason why it is none
 */
public record MalformedStatus(String source, String reason) {}
