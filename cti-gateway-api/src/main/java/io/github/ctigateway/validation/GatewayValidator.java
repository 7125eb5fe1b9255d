package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.ProfileFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Predicts what mod_sofia will make of a gateway (mod_sofia, parse_gateways), and finds what was surely not meant. Every finding is in
 * {@link Finding}. Reports everything at once and repairs nothing, see {@link GatewayNormalizer} for that. Empty parameters are absent:
 * mod_cti's JSON uses them for "not set", and no publisher writes them. Immutable and thread-safe; never throws for a bad gateway.
 */
public final class GatewayValidator {
    /** The variable that carries our stamp; only this library sets it. */
    public static final String STAMP_VARIABLE = "cti_gateway_stamp";

    private final Locale locale;
    private final @Nullable ProfileFacts profile;

    private GatewayValidator(Locale locale, @Nullable ProfileFacts profile) {
        this.locale = locale;
        this.profile = profile;
    }

    /** The validator for any profile, which speaks English. */
    public static GatewayValidator create() {
        return new GatewayValidator(Locale.ENGLISH, null);
    }

    /** The same validator with messages in Chinese for a Chinese locale, else in English; the codes are the same. */
    public GatewayValidator speaking(Locale newLocale) {
        return new GatewayValidator(Objects.requireNonNull(newLocale, "newLocale cannot be null"), profile);
    }

    /** The same validator for gateways of this profile: what is known of it sharpens the findings. */
    public GatewayValidator forProfile(ProfileFacts newProfile) {
        return new GatewayValidator(locale, Objects.requireNonNull(newProfile, "newProfile cannot be null"));
    }

    /** Every finding about this gateway. */
    public ValidationResult validate(Gateway gateway) {
        Findings findings = new Findings(locale);
        check(gateway, findings);
        return new ValidationResult(gateway.name(), findings.found());
    }

    /**
     * Every finding about a gateway that was read from XML: those of {@link #validate}, and empty parameters that mean something there,
     * though they will not be written again.
     */
    public ValidationResult validateImport(Gateway gateway) {
        Findings findings = new Findings(locale);
        check(gateway, findings);
        ParameterChecks.empty(gateway, findings);
        return new ValidationResult(gateway.name(), findings.found());
    }

    /** Every finding about each of the gateways of one domain, in order, with those that concern several of them. */
    public List<ValidationResult> validateAll(Collection<Gateway> gateways) {
        return validateAll(Map.of("", gateways));
    }

    /**
     * Every finding about the gateways of several domains or profiles of one FreeSWITCH, with those that concern several of them.
     *
     * @param gatewaysByPlace the gateways of each domain or profile by its name
     * @return one result for each gateway, in the order given
     */
    public List<ValidationResult> validateAll(Map<String, ? extends Collection<Gateway>> gatewaysByPlace) {
        List<SetChecks.Placed> all = new ArrayList<>();
        gatewaysByPlace.forEach((place, gateways) ->
                gateways.forEach(gateway -> all.add(new SetChecks.Placed(all.size(), place, gateway))));
        SetChecks set = new SetChecks(all);
        List<ValidationResult> results = new ArrayList<>(all.size());
        for (SetChecks.Placed placed : all) {
            Findings findings = new Findings(locale);
            check(placed.gateway(), findings);
            set.check(placed, findings);
            results.add(new ValidationResult(placed.gateway().name(), findings.found()));
        }
        return results;
    }

    private void check(Gateway gateway, Findings findings) {
        IdentityChecks.name(gateway.name(), findings);
        IdentityChecks.credentials(gateway, findings);
        AddressChecks.check(gateway, findings);
        ParameterChecks.check(gateway, profile, findings);
        NumberChecks.check(gateway, findings);
        VariableChecks.check(gateway, findings);
        SubscriptionChecks.check(gateway, findings);
        PlacementChecks.check(gateway, findings);
    }
}
