package io.github.ctigateway.esl.contract;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.TestWatcher;

/** Notes which contract case passed on which server; the table of them all is printed when the last test of this JVM has run. */
public final class ContractTable implements TestWatcher, BeforeAllCallback, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(ContractTable.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        results(context);
    }

    private static ContractResults results(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(ContractResults.class, type -> new ContractResults(), ContractResults.class);
    }

    private static void put(ExtensionContext context, String result) {
        if (context.getTestInstance().orElse(null) instanceof ContractCases cases) {
            String group = cases.getClass().getSuperclass().getSimpleName().replace("Contract", "")
                    + (cases.getClass().getSimpleName().contains("XmlCurl") ? " over mod_xml_curl" : "");
            String name = group + ": " + context.getRequiredTestMethod().getName();
            results(context).put(cases.serverDescription(), name, result);
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        put(context, "passed");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        put(context, "failed");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        put(context, ContractResults.NOT_RUN);
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        put(context, ContractResults.NOT_RUN);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        results(context).save();
    }
}
