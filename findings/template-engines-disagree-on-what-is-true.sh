#!/usr/bin/env bash
# No two of four Velocity engines agree on which conditions of "#if" are true; to
# Velocity 1.7 even the text "yes" is false, and an empty variable is true.
#
# Expected: to "#if" a missing value and false are false, and text is true. The
# engines differ on the empty string and 0 at most, for which the guide of Velocity 2
# announces a change.
# Seen (Velocity 1.7 and 2.4.1, velocityjs 2.1.7, airspeed-ext 0.6.9):
# - To 1.7 a string in quotes, a number and a list that are written in the condition
#   are false, whatever they hold, while variables with "", 0 and [] are true.
# - To airspeed-ext a missing variable is true, and an empty one false.
# - To velocityjs an empty list is true, and "" and 0 are false.
# Why it matters: "#if($origin)" and "#if("$origin")" are both common ways to ask
# whether a request has an Origin header, and behave differently in each emulator.
# A comparison, #if("$!origin" != ""), gives one result in all four.
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
npm init --yes >init.log
npm install --loglevel error --no-audit --no-fund velocityjs@2.1.7 >install.log
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check airspeed-ext==0.6.9
ls jars1/velocity-*.jar jars2/velocity-*.jar
npm ls --depth 0 | tail -n +2
venv/bin/pip freeze | grep airspeed

cat >conditions <<'EOF'
"yes"
$text
""
$empty
1
$one
$zero
$none
$missing
"$!missing" != ""
"$!text" != ""
EOF

cat >Look.java <<'EOF'
import java.io.StringWriter;
import java.nio.file.*;
import java.util.List;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

public class Look {
  public static void main(String[] arguments) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.init();
    Map<String, Object> values = Map.of("text", "yes", "empty", "", "one", 1, "zero", 0, "none", List.of());
    for (String condition : Files.readAllLines(Path.of("conditions"))) {
      StringWriter text = new StringWriter();
      engine.evaluate(new VelocityContext(new java.util.HashMap<>(values)), text, "template", "#if(" + condition + ")true#{else}false#end");
      System.out.println(text);
    }
  }
}
EOF
cat >look.cjs <<'EOF'
const { render } = require("velocityjs");
const values = { text: "yes", empty: "", one: 1, zero: 0, none: [] };
for (const condition of require("fs").readFileSync("conditions", "utf8").trim().split("\n"))
  console.log(render(`#if(${condition})true#{else}false#end`, values));
EOF
cat >look.py <<'EOF'
import airspeed

values = {"text": "yes", "empty": "", "one": 1, "zero": 0, "none": []}
for condition in open("conditions").read().splitlines():
    print(airspeed.Template("#if(" + condition + ")true#{else}false#end").merge(dict(values)))
EOF
java -cp 'jars1/*' Look.java >velocity1
java -cp 'jars2/*' Look.java >velocity2
node look.cjs >velocityjs
venv/bin/python look.py >airspeed
{
	echo "condition | 1.7 | 2.4.1 | velocityjs | airspeed-ext"
	paste -d '|' conditions velocity1 velocity2 velocityjs airspeed
} | tee seen
diff - seen <<'EOF'
condition | 1.7 | 2.4.1 | velocityjs | airspeed-ext
"yes"|false|true|true|true
$text|true|true|true|true
""|false|false|false|false
$empty|true|false|false|false
1|false|true|true|true
$one|true|true|true|true
$zero|true|false|false|false
$none|true|false|true|false
$missing|false|false|false|true
"$!missing" != ""|false|false|false|false
"$!text" != ""|true|true|true|true
EOF
