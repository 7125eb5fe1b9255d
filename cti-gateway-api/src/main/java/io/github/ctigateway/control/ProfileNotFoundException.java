package io.github.ctigateway.control;

/** The switch runs no such profile. Check its name, or start it. */
public final class ProfileNotFoundException extends SwitchException {
    private static final long serialVersionUID = 1L;

    private final String profile;

    public ProfileNotFoundException(String profile) {
        super(
                "FreeSWITCH runs no sofia profile '" + profile
                        + "'. Check the name with 'sofia status', or start the profile.",
                null);
        this.profile = profile;
    }

    public String profile() {
        return profile;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
