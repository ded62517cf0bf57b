/** Keys and certificates for encrypted connections, made when a test begins, so that none lies in the sources. */
package io.jenkins.plugins.servicenowconnector.simulator.tls;
