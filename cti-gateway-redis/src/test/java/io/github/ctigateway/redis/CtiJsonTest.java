package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtiJsonTest {
    @Test
    void readsThePagesExample() {
        String text = """
                {
                    "redis": {"host": "127.0.0.1", "password": "topsecret"}, // one of many others
                    "gui": {
                /*网关信息推送到redis*/
                "gateway": {
                "hash": "gateways",
                "channel": "",
                "list": ""
                },
                    "gateway_of_others": [1, {"hash": "no"}],
                },
                }
                """;

        assertThat(CtiJson.statusOptions(text)).isEqualTo(RedisStatusOptions.of("gateways", "", ""));
    }

    @Test
    void readsAllThreeWays() {
        assertThat(
                        CtiJson.statusOptions(
                                "\uFEFF{\"gui\":{\"gateway\":{\"hash\":\"h\",\"channel\":\"c\",\"list\":\"l\",\"new\":{\"x\":1}}}}"))
                .isEqualTo(RedisStatusOptions.of("h", "c", "l"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"gui\":null}",
                "{\"gui\":{}}",
                "{\"gui\":{\"gateway\":null}}",
                "{\"gui\":{\"gateway\":{\"hash\":null}}}"
            })
    void whatIsNotThereIsOff(String text) {
        assertThat(CtiJson.statusOptions(text)).isEqualTo(RedisStatusOptions.of("", "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|1|1",
                "{\"a\":topsecret}|1|6",
                "{\"gui\":7}|1|8",
                "{\"gui\":{\"gateway\":{\"hash\":5}}}|1|27",
                "{} x|1|4",
                "{\"a\":\"topsecret|1|6"
            })
    void whatIsWrongIsNamedWithItsPlaceAndNotQuoted(String text, int line, int column) {
        assertThatThrownBy(() -> CtiJson.statusOptions(text))
                .isInstanceOfSatisfying(CtiJsonException.class, e -> {
                    assertThat(e.line()).isEqualTo(line);
                    assertThat(e.column()).isGreaterThanOrEqualTo(column);
                    assertThat(e.isRetryable()).isFalse();
                })
                .hasMessageNotContaining("topsecret")
                .hasNoCause();
    }
}
