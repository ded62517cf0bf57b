package io.jenkins.plugins.servicenowconnector.connector;

import hudson.ProxyConfiguration;
import hudson.Util;
import io.jenkins.plugins.servicenowconnector.engine.http.ClientCertificate;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpProxy;
import io.jenkins.plugins.servicenowconnector.engine.http.Route;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.net.Proxy;
import jenkins.model.Jenkins;

/**
 * Sends each request on its way: with the connector's certificate, and through Jenkins' proxy unless the host needs none.
 *
 * <p>Jenkins' proxy settings exist on the controller only; so they are read here, and travel with the request.
 */
final class ConnectorRoute {

    private ConnectorRoute() {}

    /**
     * The same transport, on the connector's way.
     *
     * @param throughProxy whether Jenkins' proxy settings count
     * @param certificate what is shown when the connection is made; null for nothing
     */
    static Transport over(Transport transport, boolean throughProxy, ClientCertificate certificate) {
        return request -> {
            HttpProxy proxy = throughProxy ? proxyFor(request.uri().getHost()) : null;
            return transport.send(request.via(new Route(proxy, certificate)));
        };
    }

    private static HttpProxy proxyFor(String host) {
        ProxyConfiguration settings = Jenkins.get().getProxy();
        if (settings == null || settings.createProxy(host) == Proxy.NO_PROXY) {
            return null;
        }
        String user = Util.fixNull(settings.getUserName());
        String secret = settings.getSecretPassword() == null
                ? ""
                : settings.getSecretPassword().getPlainText();
        return new HttpProxy(settings.getName(), settings.getPort(), user, secret);
    }
}
