#!/usr/bin/env bash
# Velocity 2 cannot parse the line with which templates of API Gateway set
# Access-Control-Allow-Origin, and silently reads other names with a hyphen
# differently.
#
# Expected: Velocity 2 renders what Velocity 1.7 renders, so that a template for
# API Gateway, which documents its templates as Velocity's, can be tried with the
# current release.
# Seen: with velocity-engine-core 2.4.1 the line
#   #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
# is a syntax error, because a hyphen no longer belongs to a name. Where a name is
# only read nothing fails: "$context.stage-1" is the reference "stage-1" to 1.7,
# which is missing and left as text, and "stage" followed by "-1" to 2.4.1.
# Both come back as in 1.7 with parser.allow_hyphen_in_identifiers, and the form
# header["Access-Control-Allow-Origin"] means the same everywhere.
# Why it matters: the line is what CDK generates for several origins. A test of such
# templates needs Velocity 1.7 or the property.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

for artifact in org.apache.velocity:velocity:1.7 commons-collections:commons-collections:3.2.2 commons-lang:commons-lang:2.6; do
	mvn --batch-mode --quiet -Dstyle.color=never dependency:copy -Dartifact="$artifact" -DoutputDirectory=jars1 >mvn.log
done
for artifact in org.apache.velocity:velocity-engine-core:2.4.1 org.apache.commons:commons-lang3:3.17.0 org.slf4j:slf4j-api:2.0.16 org.slf4j:slf4j-nop:2.0.16; do
	mvn --batch-mode --quiet -Dstyle.color=never dependency:copy -Dartifact="$artifact" -DoutputDirectory=jars2 >mvn.log
done
ls jars1/velocity-*.jar jars2/velocity-*.jar

cat >Look.java <<'EOF'
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.exception.ParseErrorException;

public class Look {
  static final String[] TEMPLATES = {
    "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)",
    "#set($context.responseOverride.header[\"Access-Control-Allow-Origin\"] = $origin)",
    "stage: $context.stage-1",
  };

  public static void main(String[] properties) {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    for (String property : properties) {
      engine.setProperty(property, "true");
    }
    engine.init();
    for (String template : TEMPLATES) {
      System.out.println("  " + render(engine, template));
    }
  }

  static String render(VelocityEngine engine, String template) {
    Map<String, Object> header = new TreeMap<>();
    VelocityContext values = new VelocityContext();
    values.put("origin", "https://app.example.com");
    values.put("context", Map.of("stage", "prod", "responseOverride", Map.of("header", header)));
    StringWriter text = new StringWriter();
    try {
      engine.evaluate(values, text, "template", template);
    } catch (ParseErrorException e) {
      return e.getMessage().split(" at ")[0];
    }
    return header.isEmpty() ? text.toString() : header.toString();
  }
}
EOF
{
	echo "1.7:"
	java -cp 'jars1/*' Look.java
	echo "2.4.1:"
	java -cp 'jars2/*' Look.java
	echo "2.4.1 with the property:"
	java -cp 'jars2/*' Look.java parser.allow_hyphen_in_identifiers
} | tee seen
diff - seen <<'EOF'
1.7:
  {Access-Control-Allow-Origin=https://app.example.com}
  {Access-Control-Allow-Origin=https://app.example.com}
  stage: $context.stage-1
2.4.1:
  Encountered "-"
  {Access-Control-Allow-Origin=https://app.example.com}
  stage: prod-1
2.4.1 with the property:
  {Access-Control-Allow-Origin=https://app.example.com}
  {Access-Control-Allow-Origin=https://app.example.com}
  stage: $context.stage-1
EOF
