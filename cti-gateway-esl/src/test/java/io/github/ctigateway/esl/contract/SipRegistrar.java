package io.github.ctigateway.esl.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real registrar on loopback UDP, on JAIN-SIP, for tests against a real FreeSWITCH. Thread-safe. */
public final class SipRegistrar implements TestRegistrar, SipListener {
    private static final Logger LOG = LoggerFactory.getLogger(SipRegistrar.class);
    private static final String REALM = "test.invalid";
    private static final int FIRST_PORT = 15_090;
    private static final int LAST_PORT = 15_190;

    private final SipStack stack;
    private final SipProvider provider;
    private final MessageFactory messages;
    private final HeaderFactory headers;
    private final int port;

    private final Map<String, Behaviour> behaviours = new HashMap<>();
    private final ScheduledExecutorService delays = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "registrar-delays");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Integer> delaysOfUsers = new HashMap<>();
    private final Map<String, Integer> grants = new HashMap<>();
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, Map<String, Long>> bindings = new LinkedHashMap<>();
    private final Map<String, Integer> registers = new HashMap<>();
    private final Map<String, Integer> unregisters = new HashMap<>();
    private final Set<String> nonces = new HashSet<>();
    private Challenge challenge = Challenge.NONE;
    private Behaviour pings = Behaviour.ACCEPT;

    private SipRegistrar() {
        try {
            SipFactory factory = SipFactory.getInstance();
            factory.setPathName("gov.nist");
            Properties properties = new Properties();
            properties.setProperty("javax.sip.STACK_NAME", "registrar-" + UUID.randomUUID());
            properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
            properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", QuietStackLogger.class.getName());
            properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", QuietServerLogger.class.getName());
            stack = factory.createSipStack(properties);
            ListeningPoint listener = listen(stack);
            port = listener.getPort();
            provider = stack.createSipProvider(listener);
            provider.addSipListener(this);
            messages = factory.createMessageFactory();
            headers = factory.createHeaderFactory();
        } catch (Exception e) {
            throw new IllegalStateException("The registrar for tests did not start", e);
        }
    }

    private static ListeningPoint listen(SipStack stack) throws Exception {
        for (int candidate = FIRST_PORT; candidate < LAST_PORT; candidate++) {
            try {
                return stack.createListeningPoint("127.0.0.1", candidate, ListeningPoint.UDP);
            } catch (SipException e) {
                LOG.debug("Port {} is taken", candidate);
            }
        }
        throw new IllegalStateException("no free port from " + FIRST_PORT + " to " + LAST_PORT);
    }

    /** Starts one on a free port. */
    public static SipRegistrar start() {
        return new SipRegistrar();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public synchronized void answer(String user, Behaviour behaviour) {
        behaviours.put(user, behaviour);
    }

    @Override
    public synchronized void answerPings(Behaviour behaviour) {
        pings = behaviour;
    }

    @Override
    public synchronized void delay(String user, int ticks) {
        delaysOfUsers.put(user, ticks);
    }

    @Override
    public synchronized void grant(String user, int seconds) {
        grants.put(user, seconds);
    }

    @Override
    public synchronized void forgetBindings() {
        bindings.clear();
    }

    @Override
    public synchronized void password(String user, String password) {
        passwords.put(user, password);
    }

    @Override
    public synchronized void challenge(Challenge mode) {
        challenge = mode;
    }

    @Override
    public synchronized Set<String> boundUsers() {
        Set<String> users = new TreeSet<>();
        bindings.forEach((user, contacts) -> {
            if (contacts.values().stream().anyMatch(until -> until > System.nanoTime())) {
                users.add(user);
            }
        });
        return users;
    }

    @Override
    public synchronized int registers(String user) {
        return registers.getOrDefault(user, 0);
    }

    @Override
    public synchronized int unregisters(String user) {
        return unregisters.getOrDefault(user, 0);
    }

    @Override
    public synchronized void reset() {
        behaviours.clear();
        delaysOfUsers.clear();
        grants.clear();
        passwords.clear();
        bindings.clear();
        registers.clear();
        unregisters.clear();
        challenge = Challenge.NONE;
        pings = Behaviour.ACCEPT;
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            // With a transaction the stack itself answers what is sent again.
            ServerTransaction transaction = event.getServerTransaction() == null
                    ? provider.getNewServerTransaction(event.getRequest())
                    : event.getServerTransaction();
            Optional<Response> response = answer(event.getRequest());
            if (response.isPresent()) {
                long seconds = delayOf(event.getRequest(), response.get());
                Future<?> unused = delays.schedule(() -> send(transaction, response.get()), seconds, TimeUnit.SECONDS);
            }
        } catch (TransactionAlreadyExistsException e) {
            LOG.trace("The same request again", e);
        } catch (Exception e) {
            LOG.warn("A request could not be answered", e);
        }
    }

    private static void send(ServerTransaction transaction, Response response) {
        try {
            transaction.sendResponse(response);
        } catch (Exception e) {
            LOG.warn("An answer could not be sent", e);
        }
    }

    private synchronized int delayOf(Request request, Response response) {
        boolean late = request.getMethod().equals(Request.REGISTER)
                && expires(request) != 0
                && response.getStatusCode() != Response.UNAUTHORIZED;
        return late ? delaysOfUsers.getOrDefault(user(request), 0) : 0;
    }

    private static String user(Request request) {
        ToHeader to = (ToHeader) request.getHeader(ToHeader.NAME);
        String user = ((SipURI) to.getAddress().getURI()).getUser();
        return user == null ? "" : user;
    }

    /** Empty when nothing is to be said. */
    private synchronized Optional<Response> answer(Request request) throws Exception {
        String user = user(request);
        boolean registering = request.getMethod().equals(Request.REGISTER);
        boolean leaving = registering && expires(request) == 0;
        if (registering) {
            (leaving ? unregisters : registers).merge(user, 1, Integer::sum);
        }
        Behaviour behaviour = registering ? behaviours.getOrDefault(user, Behaviour.ACCEPT) : pings;
        if (behaviour == Behaviour.SILENT) {
            return Optional.empty();
        }
        if (registering && challenge != Challenge.NONE && !authorized(request, user)) {
            return Optional.of(challenged(request));
        }
        Response response = messages.createResponse(behaviour.status(), request);
        response.setReasonPhrase(behaviour.phrase());
        if (registering && behaviour == Behaviour.ACCEPT) {
            bind(request, response, user, leaving);
        }
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag("registrar");
        return Optional.of(response);
    }

    private void bind(Request request, Response response, String user, boolean leaving)
            throws InvalidArgumentException {
        ContactHeader contact = (ContactHeader) request.getHeader(ContactHeader.NAME);
        Map<String, Long> contacts = bindings.computeIfAbsent(user, name -> new HashMap<>());
        if (contact == null) {
            return;
        }
        String uri = contact.getAddress().getURI().toString();
        if (leaving) {
            contacts.remove(uri);
        } else {
            int granted = Math.min(expires(request), grants.getOrDefault(user, Integer.MAX_VALUE));
            contacts.put(uri, System.nanoTime() + granted * 1_000_000_000L);
            ContactHeader bound = (ContactHeader) contact.clone();
            bound.setExpires(granted);
            response.addHeader(bound);
            response.addHeader(headers.createExpiresHeader(granted));
        }
    }

    private static int expires(Request request) {
        ContactHeader contact = (ContactHeader) request.getHeader(ContactHeader.NAME);
        if (contact != null && !contact.isWildCard() && contact.getExpires() >= 0) {
            return contact.getExpires();
        }
        ExpiresHeader header = request.getExpires();
        return header == null ? 3600 : header.getExpires();
    }

    private Response challenged(Request request) throws ParseException {
        Response response = messages.createResponse(Response.UNAUTHORIZED, request);
        String nonce = UUID.randomUUID().toString();
        nonces.add(nonce);
        WWWAuthenticateHeader header = headers.createWWWAuthenticateHeader("Digest");
        header.setRealm(REALM);
        header.setNonce(nonce);
        header.setAlgorithm("MD5");
        response.addHeader(header);
        return response;
    }

    private boolean authorized(Request request, String user) {
        AuthorizationHeader given = (AuthorizationHeader) request.getHeader(AuthorizationHeader.NAME);
        if (given == null || !nonces.contains(given.getNonce())) {
            return false;
        }
        if (challenge == Challenge.SINGLE_USE_NONCE) {
            nonces.remove(given.getNonce());
        }
        String password = passwords.get(user);
        if (password == null) {
            return true;
        }
        String ha1 = md5(given.getUsername() + ":" + REALM + ":" + password);
        String ha2 = md5(request.getMethod() + ":" + given.getURI());
        String qop = given.getQop() == null
                ? ""
                : String.format("%08x", given.getNonceCount()) + ":" + given.getCNonce() + ":" + given.getQop() + ":";
        return md5(ha1 + ":" + given.getNonce() + ":" + qop + ha2).equals(given.getResponse());
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {}

    @Override
    public void processTimeout(TimeoutEvent event) {}

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    @Override
    public void close() {
        delays.shutdownNow();
        stack.stop();
    }
}
