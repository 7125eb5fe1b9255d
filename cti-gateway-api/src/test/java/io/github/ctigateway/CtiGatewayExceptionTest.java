package io.github.ctigateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CtiGatewayExceptionTest {
    @Test
    void keepsWhatItsLeavesAreGiven() {
        IllegalStateException cause = new IllegalStateException("the cause");

        CtiGatewayException exception = new Unavailable("the message", cause);

        assertThat(exception).hasMessage("the message").hasCause(cause);
        assertThat(exception.isRetryable()).isTrue();
    }

    private static final class Unavailable extends CtiGatewayException {
        private static final long serialVersionUID = 1L;

        private Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }
}
