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
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            String name = request.uri().getHost();
            return notSent(
                    Kind.NETWORK,
                    "The host name " + name + " is not known on the node that makes the call:"
                            + " check the connector's URL, and the node's name resolution.",
                    failure);
        }
        if (has(failure, HttpConnectTimeoutException.class)) {
            return notSent(
                    Kind.TIMEOUT,
                    host + " did not accept a connection within "
                            + seconds(request.limits().connect().toMillis())
                            + ": check that the node may reach it, directly or through a proxy.",
                    failure);
        }
        if (has(failure, ConnectException.class)) {
            return notSent(
                    Kind.NETWORK,
                    host + " refused the connection: check the connector's URL and port,"
                            + " and that the node may reach it.",
                    failure);
        }
        if (has(failure, SSLHandshakeException.class)) {
            return notSent(
                    Kind.TLS,
                    "No trusted encrypted connection to " + host + ": " + text(failure)
                            + ". Add the certificate of the authority that signed it to the Java trust store of the"
                            + " node that makes the call.",
                    failure);
        }
        if (text(failure).toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
            return notSent(
                    Kind.TLS,
                    host + " does not speak https on this port: check the connector's URL and port.",
                    failure);
        }
        if (has(failure, HttpTimeoutException.class)) {
            return tooSlow(request, failure);
        }
        return cut(request, host, failure);
    }

    static ServiceNowException tooSlow(Request request, Throwable failure) {
        return ServiceNowException.noAnswer(
                Kind.TIMEOUT,
                request.uri().getAuthority() + " gave no whole answer within "
                        + seconds(request.limits().total().toMillis())
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
        Kind kind = has(failure, SSLException.class) ? Kind.TLS : Kind.NETWORK;
        return ServiceNowException.noAnswer(
                kind,
                "The connection to " + host + " broke before the whole answer was here: " + text(failure) + ".",
                true,
                failure);
    }

    private static ServiceNowException notSent(Kind kind, String sentence, Throwable failure) {
        return ServiceNowException.noAnswer(kind, sentence, false, failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, Throwable::getCause)
                .limit(10)
                .takeWhile(each -> each != null)
                .anyMatch(type::isInstance);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
