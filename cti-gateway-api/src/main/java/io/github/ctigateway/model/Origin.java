package io.github.ctigateway.model;

import java.util.Locale;

/** Where a value comes from that mod_sofia uses for a gateway (mod_sofia, parse_gateways). */
public enum Origin {
    GIVEN(false, "as given", "按填写的值"),
    DEFAULT(false, "mod_sofia's default", "mod_sofia 的默认值"),
    PROFILE(false, "from the profile", "取自 profile"),
    UNKNOWN_PROFILE(false, "from the profile, whose settings are not known here", "取自 profile，其设置在此未知"),
    DERIVED(false, "made from the other values", "由其他值组成"),
    NAME(false, "the gateway's name, for want of a realm and a proxy", "没有 realm 和 proxy，使用网关名"),
    USERNAME(false, "the username", "同 username"),
    REALM(false, "the realm", "同 realm"),
    PROXY(false, "the proxy", "同 proxy"),
    ANONYMOUS(false, "mod_sofia's user for a gateway that does not register", "不注册的网关使用 mod_sofia 的固定用户名"),
    SCHEME_ADDED(false, "with sip: put in front", "前面加上 sip:"),
    LAN_REGISTRAR(
            true,
            "the profile's own address, since the registrar is in the local network and FreeSWITCH found a NAT",
            "注册服务器在局域网内且 FreeSWITCH 检测到 NAT，使用 profile 自身的地址"),
    FREQUENCY_TOO_LOW(
            true,
            "below 5 or no number: the refresh takes 3600 s, yet the REGISTER carries the text as written",
            "小于 5 或不是数字：刷新间隔使用 3600 秒，但 REGISTER 仍携带填写的文本"),
    FREQUENCY_NEGATIVE(
            true,
            "below zero once read, which mod_sofia does not correct: it registers again every second or two, if the text as written is a valid Expires at all",
            "读出的数小于零而 mod_sofia 不作修正：如果填写的文本是有效的 Expires，每一两秒重新注册一次"),
    RETRY_TOO_LOW(true, "below 5 or no number: 30 is used", "小于 5 或不是数字：使用 30"),
    SUBSCRIPTION_RETRY_TOO_LOW(true, "below 10 or no number: 30 is used", "小于 10 或不是数字：使用 30"),
    TIMEOUT_TOO_LOW(true, "below 5 or no number: 60 is used", "小于 5 或不是数字：使用 60"),
    PING_TOO_LOW(true, "1 to 4: an error is logged and ping stays off", "1 到 4：记录错误日志，探测保持关闭"),
    PING_NEVER(
            true,
            "a negative number is read as a huge one: ping is on, but none is ever sent",
            "负数被当作极大的数：探测开启但永远不会发送"),
    WHOLE_PART(true, "only the leading digits are read", "只读取开头的数字"),
    TRANSPORT_PREFIX(true, "only the beginning is compared", "只比较开头部分"),
    NOT_TRUE(true, "no word that FreeSWITCH takes for true, so it is false", "不是 FreeSWITCH 认可的真值，按 false 处理"),
    NEEDS_PING(true, "ignored without a valid ping", "没有有效的 ping，被忽略"),
    NEEDS_RFC_5626(
            true, "ignored unless the gateway and its profile have RFC 5626 on", "网关和 profile 未同时启用 RFC 5626，被忽略");

    private final boolean coercion;
    private final String english;
    private final String chinese;

    Origin(boolean coercion, String english, String chinese) {
        this.coercion = coercion;
        this.english = english;
        this.chinese = chinese;
    }

    /** Whether something else is used than was given. */
    public boolean isCoercion() {
        return coercion;
    }

    /** In words: in Chinese for a Chinese locale, else in English. */
    public String text(Locale locale) {
        return new Bilingual(english, chinese).in(locale);
    }
}
