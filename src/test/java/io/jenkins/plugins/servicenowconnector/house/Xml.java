package io.jenkins.plugins.servicenowconnector.house;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads the XML of views and poms. */
final class Xml {

    private Xml() {}

    /**
     * Parses a text.
     *
     * @throws SAXException if it is not well-formed, an undeclared prefix included
     */
    static Document read(String text) throws SAXException {
        return read(text, true);
    }

    /**
     * The trimmed texts of what an XPath finds in a pom, whose elements are named without their namespace.
     *
     * @throws IllegalStateException if the pom is not well-formed or the path is not one
     */
    static List<String> texts(String pom, String path) {
        try {
            NodeList found = (NodeList)
                    XPathFactory.newInstance().newXPath().evaluate(path, read(pom, false), XPathConstants.NODESET);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                texts.add(found.item(i).getTextContent().trim());
            }
            return texts;
        } catch (SAXException | XPathExpressionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every element of a document, the outermost first. */
    static List<Element> elements(Document document) {
        NodeList found = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static Document read(String text, boolean namespaces) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(namespaces);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // the default handler prints; what is wrong is thrown anyway
            builder.setErrorHandler(new DefaultHandler());
            builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
