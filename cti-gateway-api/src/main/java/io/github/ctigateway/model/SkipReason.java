package io.github.ctigateway.model;

import java.util.Locale;

/** Why mod_sofia does not take a gateway at all; it only says so in its log (mod_sofia, parse_gateways). */
public enum SkipReason {
    NAME("the name is not made of ASCII letters, digits, '_', '.' and '-'", "网关名只能由 ASCII 字母、数字、“_”“.”“-”组成"),
    TRANSPORT("register-transport is none of udp, tcp, tls, sctp", "register-transport 不是 udp、tcp、tls、sctp 之一"),
    TLS_OFF("register-transport is tls and the profile has TLS off", "register-transport 为 tls，但 profile 未启用 TLS"),
    NO_USERNAME("it registers and has no username", "需要注册但没有 username"),
    NO_PASSWORD("it registers and has no password", "需要注册但没有 password");

    private final String english;
    private final String chinese;

    SkipReason(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /** In words: in Chinese for a Chinese locale, else in English. */
    public String text(Locale locale) {
        return new Bilingual(english, chinese).in(locale);
    }
}
