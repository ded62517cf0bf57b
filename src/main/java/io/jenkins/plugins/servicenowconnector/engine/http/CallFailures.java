package io.jenkins.plugins.servicenowconnector.engine.http;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says in a sentence why no answer came, and whether the request can have arrived. */
final class CallFailures {

    private CallFailures() {}

    static ServiceNowException explain(Request request, Throwable failure) {
        String host = request.uri().getAuthority();
        if (text(failure).startsWith("Tunnel failed")) {
            return ProxyFailures.tunnel(request, text(failure), failure);
        }
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return notSent(Kind.NETWORK, unknownName(request), failure);
        }
        if (has(failure, HttpConnectTimeoutException.class)) {
            return notSent(Kind.TIMEOUT, notAccepted(request), failure);
        }
        if (has(failure, ConnectException.class)) {
            return notSent(Kind.NETWORK, notConnected(request), failure);
        }
        String said = said(failure);
        if (said.contains("terminated the handshake")) {
            return notSent(Kind.NETWORK, hungUp(request), failure);
        }
        if (has(failure, SSLHandshakeException.class)) {
            boolean hasCertificate = request.route().certificate() != null;
            return notSent(Kind.TLS, TlsFailures.sentence(host, said, hasCertificate), failure);
        }
        if (said.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
            return notSent(
                    Kind.TLS,
                    host + " does not speak https on this port: check the connector's URL and port.",
                    failure);
        }
        if (has(failure, TimelyBody.TooLateException.class)) {
            return notSent(
                    Kind.TIMEOUT,
                    "The node that makes the call stood still for longer than the call may take, so it was not sent.",
                    failure);
        }
        if (has(failure, HttpTimeoutException.class)) {
            return tooSlow(request, failure);
        }
        return cut(request, host, failure);
    }

    private static String unknownName(Request request) {
        HttpProxy proxy = request.route().proxy();
        String name = proxy == null ? request.uri().getHost() : proxy.host();
        return "The host name " + name + " is not known on the node that makes the call: check "
                + (proxy == null ? "the connector's URL" : "Jenkins' proxy settings")
                + ", and the node's name resolution.";
    }

    private static String notAccepted(Request request) {
        return next(request) + " did not accept a connection within "
                + seconds(request.limits().connect().toMillis())
                + ": check that the node may reach it, directly or through a proxy.";
    }

    private static String notConnected(Request request) {
        return next(request) + " refused the connection: check "
                + (request.route().proxy() == null ? "the connector's URL and port," : "Jenkins' proxy settings,")
                + " and that the node may reach it.";
    }

    /** Says nothing against a certificate: a server that restarts, or a firewall, does the same. */
    private static String hungUp(Request request) {
        return request.uri().getAuthority() + " closed the connection before it was encrypted: the instance may be"
                + " restarting, or something between it and the node that makes the call does not let it through.";
    }

    /** Where the connection of a call leads first. */
    private static String next(Request request) {
        HttpProxy proxy = request.route().proxy();
        return proxy == null ? request.uri().getAuthority() : "The proxy " + proxy;
    }

    static ServiceNowException tooSlow(Request request, Throwable failure) {
        return ServiceNowException.noAnswer(
                Kind.TIMEOUT,
                request.uri().getAuthority() + " gave no whole answer within "
                        + seconds(request.longest().toMillis())
                        + ": the instance is slow, or something between it and the node holds the connection.",
                true,
                failure);
    }

    private static ServiceNowException cut(Request request, String host, Throwable failure) {
        if (has(failure, CappedBody.TooLargeException.class)) {
            return ServiceNowException.noAnswer(
                    Kind.PROTOCOL,
                    "The answer of " + host + " is larger than "
                            + request.limits().maxAnswerBytes() / 1024 + " KiB: ask for fewer records or fields.",
                    true,
                    failure);
        }
        // a broken connection says nothing against its encryption, unless the other side did say so before it hung up
        boolean isAlert = has(failure, SSLException.class)
                && said(failure).toLowerCase(Locale.ROOT).contains("received fatal alert");
        return ServiceNowException.noAnswer(
                isAlert ? Kind.TLS : Kind.NETWORK,
                "The connection to " + host + " broke before the whole answer was here: " + said(failure) + ".",
                true,
                failure);
    }

    private static ServiceNowException notSent(Kind kind, String sentence, Throwable failure) {
        return ServiceNowException.noAnswer(kind, sentence, false, failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    /** What the encryption says, if it says anything: at times the JDK's client only says that no answer came, because of it. */
    private static String said(Throwable failure) {
        return text(causes(failure)
                .filter(SSLException.class::isInstance)
                .findFirst()
                .orElse(failure));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Throwable::getCause).limit(10).takeWhile(each -> each != null);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
