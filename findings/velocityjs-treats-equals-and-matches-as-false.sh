#!/usr/bin/env bash
# velocityjs lacks the tests by which templates compare an origin, and treats a
# condition with one as false instead of reporting it.
#
# Expected: velocityjs states compatibility with Velocity and knows startsWith and
# indexOf of a string, so it should know equals and contains, or raise an error for a
# method that is missing.
# Seen (velocityjs 2.1.7; Velocity 1.7 beside it): equals, equalsIgnoreCase, matches
# and contains of a string, contains of a list, containsKey of a map and length()
# are missing, and a condition with one is false, so its negation is true.
# $foreach.last is missing too, where $foreach.hasNext is there, so a list that is
# joined by "#if(!$foreach.last)," ends in a comma.
# Why it matters: several local emulators of API Gateway render with velocityjs. A
# template that compares origins with "==" behaves the same in both; one that uses
# matches for sub-domains sends no CORS header there.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

for artifact in org.apache.velocity:velocity:1.7 commons-collections:commons-collections:3.2.2 commons-lang:commons-lang:2.6; do
	mvn --batch-mode --quiet -Dstyle.color=never dependency:copy -Dartifact="$artifact" -DoutputDirectory=jars >mvn.log
done
npm init --yes >init.log
npm install --loglevel error --no-audit --no-fund velocityjs@2.1.7 >install.log
ls jars/velocity-*.jar
npm ls --depth 0 | tail -n +2

cat >templates <<'EOF'
#if($origin == "https://app.example.com")true#{else}false#end
#if($origin.startsWith("https://app"))true#{else}false#end
#if($origin.indexOf("example") > 0)true#{else}false#end
#if($origin.equals("https://app.example.com"))true#{else}false#end
#if($origin.equalsIgnoreCase("https://APP.example.com"))true#{else}false#end
#if($origin.matches("https://[a-z]+[.]example[.]com"))true#{else}false#end
#if($origin.contains("example"))true#{else}false#end
#if($list.contains("https://app.example.com"))true#{else}false#end
#if($map.containsKey("Origin"))true#{else}false#end
#if($origin.length() == 23)true#{else}false#end
#if(!$origin.equals("https://app.example.com"))true#{else}false#end
#foreach($one in $list)$one#if($foreach.hasNext),#end#end
#foreach($one in $list)$one#if(!$foreach.last),#end#end
EOF
cat >Look.java <<'EOF'
import java.io.StringWriter;
import java.nio.file.*;
import java.util.*;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

public class Look {
  public static void main(String[] none) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.init();
    for (String template : Files.readAllLines(Path.of("templates"))) {
      VelocityContext values = new VelocityContext();
      values.put("origin", "https://app.example.com");
      values.put("list", new ArrayList<>(List.of("https://app.example.com")));
      values.put("map", new HashMap<>(Map.of("Origin", "https://app.example.com")));
      StringWriter text = new StringWriter();
      engine.evaluate(values, text, "template", template);
      System.out.println(text);
    }
  }
}
EOF
cat >look.cjs <<'EOF'
const { render } = require("velocityjs");
const origin = "https://app.example.com";
for (const template of require("fs").readFileSync("templates", "utf8").trim().split("\n"))
  console.log(render(template, { origin, list: [origin], map: { Origin: origin } }));
EOF
java -cp 'jars/*' Look.java >velocity
node look.cjs >velocityjs
{
	echo "template | Velocity | velocityjs"
	sed 's/#{else}false#end//; s/true$//' templates | paste -d '|' - velocity velocityjs
} | tee seen
diff - seen <<'EOF'
template | Velocity | velocityjs
#if($origin == "https://app.example.com")|true|true
#if($origin.startsWith("https://app"))|true|true
#if($origin.indexOf("example") > 0)|true|true
#if($origin.equals("https://app.example.com"))|true|false
#if($origin.equalsIgnoreCase("https://APP.example.com"))|true|false
#if($origin.matches("https://[a-z]+[.]example[.]com"))|true|false
#if($origin.contains("example"))|true|false
#if($list.contains("https://app.example.com"))|true|false
#if($map.containsKey("Origin"))|true|false
#if($origin.length() == 23)|true|false
#if(!$origin.equals("https://app.example.com"))|false|true
#foreach($one in $list)$one#if($foreach.hasNext),#end#end|https://app.example.com|https://app.example.com
#foreach($one in $list)$one#if(!$foreach.last),#end#end|https://app.example.com|https://app.example.com,
EOF
