import com.sun.org.apache.xml.internal.security.Init;
import com.sun.org.apache.xml.internal.security.c14n.Canonicalizer;
import java.io.*;
import java.util.*;
import javax.xml.parsers.*;
import org.w3c.dom.*;

/** Answers the same questions as `canonicalize`, by Apache Santuario as the JDK has it. Run by `differential.py --java`. */
public class Santuario {
    public static void main(String[] arguments) throws Exception {
        Init.init();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setExpandEntityReferences(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        OutputStream out = new BufferedOutputStream(System.out);
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        for (String line; (line = line(in)) != null; out.flush()) {
            String[] words = line.split(" ");
            byte[] bytes = in.readNBytes(Integer.parseInt(words[0]));
            try {
                Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
                List<Element> elements = new ArrayList<>();
                collect(document.getDocumentElement(), elements);
                Element apex = elements.get(Integer.parseInt(words[1]));
                int excluded = Integer.parseInt(words[2]);
                if (excluded >= 0) elements.get(excluded).getParentNode().removeChild(elements.get(excluded));
                ByteArrayOutputStream form = new ByteArrayOutputStream();
                Canonicalizer canonicalizer = Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
                if (words[3].equals("-")) canonicalizer.canonicalizeSubtree(apex, form);
                else canonicalizer.canonicalizeSubtree(apex, words[3].replace(',', ' '), form);
                out.write((form.size() + "\n").getBytes());
                form.writeTo(out);
            } catch (Exception refusal) {
                out.write(("-1 " + String.valueOf(refusal.getMessage()).replace('\n', ' ') + "\n").getBytes());
            }
        }
    }

    private static void collect(Element element, List<Element> into) {
        into.add(element);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling())
            if (child instanceof Element next) collect(next, into);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int next; (next = in.read()) != '\n'; text.write(next)) if (next < 0) return null;
        return text.toString("UTF-8");
    }
}
