#!/usr/bin/env bash
# In airspeed a variable that is first set within "#foreach" is gone after the loop.
#
# Expected: as in Velocity, "#set" makes a variable of the whole template; only the
# loop's own variable ends with the loop. A search through a list of allowed origins
# then leaves its match for the lines after the loop.
# Seen: airspeed 0.7.1 and its fork airspeed-ext 0.6.9 (which LocalStack renders
# API Gateway's templates with) drop it at "#end": the fork renders nothing, the
# original the name. Within "#if" the same line keeps its variable. One that was set
# before the loop keeps the new value. Velocity 1.7 and velocityjs 2.1.7 keep both.
# Why it matters: a template that looks for the origin in a list sends no
# Access-Control-Allow-Origin in such an emulator, though it does in Velocity. Set
# the variable before the loop, or write the comparisons out without one.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

for artifact in org.apache.velocity:velocity:1.7 commons-collections:commons-collections:3.2.2 commons-lang:commons-lang:2.6; do
	mvn --batch-mode --quiet -Dstyle.color=never dependency:copy -Dartifact="$artifact" -DoutputDirectory=jars >mvn.log
done
npm init --yes >init.log
npm install --loglevel error --no-audit --no-fund velocityjs@2.1.7 >install.log
for package in airspeed==0.7.1 airspeed-ext==0.6.9; do
	python3 -m venv "${package%%=*}"
	"${package%%=*}/bin/pip" install --quiet --disable-pip-version-check "$package"
done
ls jars/velocity-*.jar
npm ls --depth 0 | tail -n +2
for package in airspeed airspeed-ext; do "$package/bin/pip" freeze | grep airspeed; done

mkdir templates
list='#set($allowed = ["https://app.example.com", "https://admin.example.com"])'
search='#foreach($one in $allowed)#if($one == $origin)#set($match = $one)#end#end'
echo -n "$list$search[\$match]" >templates/1-loop
echo -n "$list#set(\$match = \"none\")$search[\$match]" >templates/2-set-before
echo -n '#if($origin == "https://app.example.com")#set($match = $origin)#end[$match]' >templates/3-if

cat >Look.java <<'EOF'
import java.io.StringWriter;
import java.nio.file.*;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

public class Look {
  public static void main(String[] templates) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.init();
    for (String template : templates) {
      VelocityContext values = new VelocityContext();
      values.put("origin", "https://app.example.com");
      StringWriter text = new StringWriter();
      engine.evaluate(values, text, template, Files.readString(Path.of(template)));
      System.out.println("  " + template + ": " + text);
    }
  }
}
EOF
cat >look.cjs <<'EOF'
const { render } = require("velocityjs");
for (const template of process.argv.slice(2)) {
  const text = require("fs").readFileSync(template, "utf8");
  console.log(`  ${template}: ${render(text, { origin: "https://app.example.com" })}`);
}
EOF
cat >look.py <<'EOF'
import sys
import airspeed

for template in sys.argv[1:]:
    text = airspeed.Template(open(template).read()).merge({"origin": "https://app.example.com"})
    print(f"  {template}: {text}")
EOF
{
	echo "Velocity 1.7:"
	java -cp 'jars/*' Look.java templates/*
	echo "velocityjs:"
	node look.cjs templates/*
	echo "airspeed:"
	airspeed/bin/python look.py templates/*
	echo "airspeed-ext:"
	airspeed-ext/bin/python look.py templates/*
} | tee seen
diff - seen <<'EOF'
Velocity 1.7:
  templates/1-loop: [https://app.example.com]
  templates/2-set-before: [https://app.example.com]
  templates/3-if: [https://app.example.com]
velocityjs:
  templates/1-loop: [https://app.example.com]
  templates/2-set-before: [https://app.example.com]
  templates/3-if: [https://app.example.com]
airspeed:
  templates/1-loop: [$match]
  templates/2-set-before: [https://app.example.com]
  templates/3-if: [https://app.example.com]
airspeed-ext:
  templates/1-loop: []
  templates/2-set-before: [https://app.example.com]
  templates/3-if: [https://app.example.com]
EOF
