/** Further ways to prove who calls: tokens with the endpoints that hand them out, API keys, certificates. */
package io.jenkins.plugins.servicenowconnector.simulator.signin;
