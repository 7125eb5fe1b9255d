package io.github.ctigateway.model;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue of mod_sofia's gateway parameters (mod_sofia, parse_gateways). Adding one is one entry here. */
public final class Parameters {
    private static final Map<String, Parameter<?>> BY_NAME = new LinkedHashMap<>();

    /** Whether the gateway registers with the carrier; a username and a password are needed when it does. */
    public static final Parameter<Boolean> REGISTER = entry("register", ParameterType.BOOLEAN)
            .defaultsTo("true")
            .described(
                    "Whether the gateway registers with the carrier; a username and a password are needed when it does.",
                    "是否向运营商注册；注册时必须填写用户名和密码。");

    /** The user that registers; FreeSWITCH when absent and the gateway does not register. */
    public static final Parameter<String> USERNAME = entry("username", ParameterType.TEXT)
            .described(
                    "The user that registers; FreeSWITCH when absent and the gateway does not register.",
                    "注册用户名；不注册且不填时为 FreeSWITCH。");

    /** The password of the registration and of challenged calls. */
    public static final Parameter<String> PASSWORD = entry("password", ParameterType.TEXT)
            .described("The password of the registration and of challenged calls.", "注册和呼叫鉴权使用的密码。");

    /** The user that authenticates; the username when absent. */
    public static final Parameter<String> AUTH_USERNAME = entry("auth-username", ParameterType.TEXT)
            .since("1.0.2")
            .advised("Set it when the authentication user is not the username.", "认证用户名和用户名不一样时需要配置。")
            .described("The user that authenticates; the username when absent.", "鉴权用户名；不填时同 username。");

    /** The carrier's host[:port] and realm; the proxy, else the gateway's name, when absent. */
    public static final Parameter<String> REALM = entry("realm", ParameterType.HOST)
            .described(
                    "The carrier's host[:port] and realm; the proxy, else the gateway's name, when absent.",
                    "网关服务器地址 host[:port] 及鉴权域；不填时使用 proxy，再没有则使用网关名。");

    /** The registrar and the target of calls, host[:port], without sip: in front; the realm when absent. */
    public static final Parameter<String> PROXY = entry("proxy", ParameterType.HOST)
            .described(
                    "The registrar and the target of calls, host[:port], without sip: in front; the realm when absent.",
                    "注册服务器和外呼目标 host[:port]，前面不要带 sip:；不填时同 realm。");

    /** The user part of From; the username when absent. */
    public static final Parameter<String> FROM_USER = entry("from-user", ParameterType.TEXT)
            .advised(
                    "IMS trunks need it, as the IMS asks; mostly the username.",
                    "对接 IMS 时需要，按 IMS 要求填写，一般和 username 一样。")
            .described("The user part of From; the username when absent.", "From 头的用户部分；对接 IMS 时需要，一般与用户名相同。");

    /** The host of From; the proxy when absent. */
    public static final Parameter<String> FROM_DOMAIN = entry("from-domain", ParameterType.HOST)
            .advised("IMS trunks need it, as the IMS asks; mostly the realm.", "对接 IMS 时需要，按 IMS 要求填写，一般和 realm 一样。")
            .described("The host of From; the proxy when absent.", "From 头的域；对接 IMS 时需要，一般与 realm 相同。");

    /** Where REGISTER is sent, when that is not the proxy; sip: is put in front when there is no scheme. */
    public static final Parameter<String> REGISTER_PROXY = entry("register-proxy", ParameterType.URI)
            .described(
                    "Where REGISTER is sent, when that is not the proxy; sip: is put in front when there is no scheme.",
                    "REGISTER 的发送目标，与 proxy 不同时填写；没有协议头时前面加上 sip:。");

    /** Where calls are sent, when that is not the proxy; sip: is put in front when there is no scheme. */
    public static final Parameter<String> OUTBOUND_PROXY = entry("outbound-proxy", ParameterType.URI)
            .since("1.0.4")
            .described(
                    "Where calls are sent, when that is not the proxy; sip: is put in front when there is no scheme.",
                    "外呼的发送目标，与 proxy 不同时填写；没有协议头时前面加上 sip:。");

    /** udp, tcp, tls or sctp; the gateway is skipped for any other, and for tls when the profile has TLS off. */
    public static final Parameter<String> REGISTER_TRANSPORT = entry("register-transport", ParameterType.TRANSPORT)
            .defaultsTo("udp")
            .described(
                    "udp, tcp, tls or sctp; the gateway is skipped for any other, and for tls when the profile has TLS off.",
                    "传输协议 udp、tcp、tls 或 sctp；其他值，或 profile 未启用 TLS 时使用 tls，网关会被跳过。");

    /** The asked lifetime of a registration; the refresh takes 3600 below 5. */
    public static final Parameter<Duration> EXPIRE_SECONDS = entry("expire-seconds", ParameterType.SECONDS)
            .defaultsTo("3600")
            .atLeast(5)
            .advised("60 is recommended.", "建议设置 60。")
            .described(
                    "The asked lifetime of a registration; the refresh takes 3600 below 5.",
                    "注册的有效期（秒）；小于 5 时刷新间隔使用 3600。");

    /** The wait after a failed registration, times the number of failures; 30 below 5. */
    public static final Parameter<Duration> RETRY_SECONDS = entry("retry-seconds", ParameterType.SECONDS)
            .defaultsTo("30")
            .atLeast(5)
            .described(
                    "The wait after a failed registration, times the number of failures; 30 below 5.",
                    "注册失败后的重试间隔（秒），随失败次数增长；小于 5 时使用 30。");

    /** An old spelling of retry-seconds that mod_sofia still reads. */
    public static final Parameter<Duration> RETRY_SECONDS_ALIAS = entry("retry_seconds", ParameterType.SECONDS)
            .since("1.0.2")
            .defaultsTo("30")
            .atLeast(5)
            .described(
                    "An old spelling of retry-seconds that mod_sofia still reads.",
                    "retry-seconds 的旧写法，mod_sofia 仍然识别。");

    /** How long a registration may stay unanswered; 60 below 5. */
    public static final Parameter<Duration> TIMEOUT_SECONDS = entry("timeout-seconds", ParameterType.SECONDS)
            .since("1.2.0")
            .defaultsTo("60")
            .atLeast(5)
            .described("How long a registration may stay unanswered; 60 below 5.", "注册无应答的超时时间（秒）；小于 5 时使用 60。");

    /** The wait after a registration that got no answer; retry-seconds when absent. */
    public static final Parameter<Duration> RETRY_SECONDS_908 = entry("908-retry-seconds", ParameterType.SECONDS)
            .since("1.4.10")
            .described(
                    "The wait after a registration that got no answer; retry-seconds when absent.",
                    "注册超时（908）后的重试间隔（秒）；不填时使用 retry-seconds。");

    /** How often the carrier is asked with OPTIONS; off when absent or below 5. */
    public static final Parameter<Duration> PING = entry("ping", ParameterType.SECONDS)
            .described(
                    "How often the carrier is asked with OPTIONS; off when absent or below 5.",
                    "OPTIONS 探测间隔（秒）；不填或小于 5 时不探测。");

    /** Up to how many successful pings are counted; needs ping. */
    public static final Parameter<Integer> PING_MAX = entry("ping-max", ParameterType.INTEGER)
            .since("1.0.6")
            .defaultsTo("1")
            .described("Up to how many successful pings are counted; needs ping.", "探测成功的计数上限；需要 ping。");

    /** How many counted successes make the gateway UP; needs ping. */
    public static final Parameter<Integer> PING_MIN = entry("ping-min", ParameterType.INTEGER)
            .since("1.0.6")
            .defaultsTo("1")
            .described("How many counted successes make the gateway UP; needs ping.", "计数达到多少时网关为 UP；需要 ping。");

    /** The User-Agent of pings; needs ping. */
    public static final Parameter<String> PING_USER_AGENT = entry("ping-user-agent", ParameterType.TEXT)
            .since("1.2.0")
            .described("The User-Agent of pings; needs ping.", "探测请求的 User-Agent；需要 ping。");

    /** Whether every ping result fires gateway_state; needs ping. */
    public static final Parameter<Boolean> PING_MONITORING = entry("ping-monitoring", ParameterType.BOOLEAN)
            .since("1.4.8")
            .defaultsTo("false")
            .described(
                    "Whether every ping result fires gateway_state; needs ping.",
                    "每次探测结果是否都触发 gateway_state 事件；需要 ping。");

    /** Whether pings carry a Contact; needs ping. */
    public static final Parameter<Boolean> CONTACT_IN_PING = entry("contact-in-ping", ParameterType.BOOLEAN)
            .since("1.10.3")
            .defaultsTo("false")
            .described("Whether pings carry a Contact; needs ping.", "探测请求是否带 Contact；需要 ping。");

    /** Whether From carries the caller's number rather than the username. */
    public static final Parameter<Boolean> CALLER_ID_IN_FROM = entry("caller-id-in-from", ParameterType.BOOLEAN)
            .defaultsTo("false")
            .described("Whether From carries the caller's number rather than the username.", "From 头是否使用主叫号码。");

    /** The dialled user of inbound calls, auto_to_user for the one in the request; the username when absent. */
    public static final Parameter<String> EXTENSION = entry("extension", ParameterType.TEXT)
            .advised(
                    "auto_to_user puts the really dialled number of an inbound call into destination_number.",
                    "设为 auto_to_user 时，呼入的被叫号码取实际拨打的号码。")
            .described(
                    "The dialled user of inbound calls, auto_to_user for the one in the request; the username when absent.",
                    "呼入时的被叫号码，auto_to_user 表示取请求中的号码；不填时同 username。");

    /** Whether Contact is extension@ip rather than gw+NAME@ip. */
    public static final Parameter<Boolean> EXTENSION_IN_CONTACT = entry("extension-in-contact", ParameterType.BOOLEAN)
            .since("1.0.4")
            .defaultsTo("false")
            .advised("Set it when the carrier has a problem with gw+NAME@ip.", "运营商不接受 gw+网关名@ip 时设为 true。")
            .described(
                    "Whether Contact is extension@ip rather than gw+NAME@ip.",
                    "Contact 是否使用 extension@ip 而不是 gw+网关名@ip。");

    /** The host of Contact, without a port; sip-ip for the profile's own address; else the profile's external or own. */
    public static final Parameter<String> CONTACT_HOST = entry("contact-host", ParameterType.HOST)
            .since("1.0.4")
            .described(
                    "The host of Contact, without a port; sip-ip for the profile's own address; else the profile's external or own.",
                    "Contact 的主机（不带端口）；sip-ip 表示 profile 自身的地址；不填时为 profile 的外部或自身地址。");

    /** Parameters added to Contact. */
    public static final Parameter<String> CONTACT_PARAMS =
            entry("contact-params", ParameterType.TEXT).described("Parameters added to Contact.", "附加在 Contact 上的参数。");

    /** Put in front of every dialled number. */
    public static final Parameter<String> DESTINATION_PREFIX = entry("destination-prefix", ParameterType.TEXT)
            .since("1.4.8")
            .described("Put in front of every dialled number.", "报号前缀，外呼时加在被叫号码之前。");

    /** The dialplan context of inbound calls; the profile's when absent. */
    public static final Parameter<String> CONTEXT = entry("context", ParameterType.TEXT)
            .advised(
                    "Inbound calls must name the gateway in the request URI: ;gw=NAME or gw+NAME@.",
                    "呼入的 URI 需要带网关名才能关联到路由：;gw=网关名 或 gw+网关名@。")
            .described(
                    "The dialplan context of inbound calls; the profile's when absent.",
                    "呼入路由的 context；默认使用 profile 的 context。");

    /** The authentication scheme that xmlstatus shows; the answer to a challenge takes the challenge's own. */
    public static final Parameter<String> SCHEME = entry("scheme", ParameterType.TEXT)
            .defaultsTo("Digest")
            .described(
                    "The authentication scheme that xmlstatus shows; the answer to a challenge takes the challenge's own.",
                    "xmlstatus 显示的鉴权方式；实际应答使用质询中的方式。");

    /** Whether To of a REGISTER is username@proxy rather than From. */
    public static final Parameter<Boolean> DISTINCT_TO = entry("distinct-to", ParameterType.BOOLEAN)
            .since("1.0.6")
            .defaultsTo("false")
            .described(
                    "Whether To of a REGISTER is username@proxy rather than From.",
                    "REGISTER 的 To 是否使用 username@proxy 而不是 From。");

    /** Whether Contact carries an instance id; only when the profile enables RFC 5626. */
    public static final Parameter<Boolean> RFC_5626 = entry("rfc-5626", ParameterType.BOOLEAN)
            .since("1.2.0")
            .defaultsTo("false")
            .described(
                    "Whether Contact carries an instance id; only when the profile enables RFC 5626.",
                    "Contact 是否带实例标识；仅当 profile 启用 RFC 5626 时有效。");

    /** The reg-id of RFC 5626. */
    public static final Parameter<String> REG_ID = entry("reg-id", ParameterType.TEXT)
            .since("1.2.0")
            .described("The reg-id of RFC 5626.", "RFC 5626 的 reg-id。");

    /** The access list of addresses that may send calls for this gateway. */
    public static final Parameter<String> GW_AUTH_ACL = entry("gw-auth-acl", ParameterType.TEXT)
            .since("1.10.7")
            .described("The access list of addresses that may send calls for this gateway.", "允许以此网关身份呼入的地址访问列表。");

    private Parameters() {}

    private static <T> Entry<T> entry(String name, ParameterType<T> type) {
        return new Entry<>(name, type);
    }

    /** Every parameter, in the catalogue's order; unmodifiable. */
    public static Collection<Parameter<?>> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    /** The parameter of exactly this name, if mod_sofia knows one. */
    public static Optional<Parameter<?>> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Whether a parameter or variable of this name holds a secret and is printed as {@code ***}. */
    public static boolean isSecret(String name) {
        return Secrets.isSecret(name);
    }

    /** Collects one entry; {@link #described} puts it into the catalogue. */
    private static final class Entry<T> {
        private final String name;
        private final ParameterType<T> type;
        private @Nullable String defaultText;
        private String since = "1.0.0";
        private int minimum;
        private @Nullable Bilingual advice;

        private Entry(String name, ParameterType<T> type) {
            this.name = name;
            this.type = type;
        }

        private Entry<T> defaultsTo(String text) {
            this.defaultText = text;
            return this;
        }

        private Entry<T> since(String release) {
            this.since = release;
            return this;
        }

        private Entry<T> atLeast(int number) {
            this.minimum = number;
            return this;
        }

        private Entry<T> advised(String english, String chinese) {
            this.advice = new Bilingual(english, chinese);
            return this;
        }

        private Parameter<T> described(String english, String chinese) {
            Parameter<T> parameter =
                    new Parameter<>(name, type, defaultText, since, minimum, advice, new Bilingual(english, chinese));
            BY_NAME.put(name, parameter);
            return parameter;
        }
    }
}
