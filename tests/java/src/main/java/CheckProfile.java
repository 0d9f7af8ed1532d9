import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.profiles.Profiles;

/** Prints what keeps each given ontology file out of OWL 2 RL and OWL 2 DL, and a count for each. */
public final class CheckProfile {
    private CheckProfile() {}

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology ontology =
                    OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            for (Profiles profile : new Profiles[] {Profiles.OWL2_RL, Profiles.OWL2_DL}) {
                OWLProfileReport report = profile.checkOntology(ontology);
                for (OWLProfileViolation violation : report.getViolations()) {
                    System.out.println(violation);
                }
                System.out.printf(
                        "%s %s axioms %d violations %d%n",
                        new File(file).getName(),
                        profile,
                        ontology.getAxiomCount(),
                        report.getViolations().size());
            }
        }
    }
}
