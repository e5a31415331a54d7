#!/usr/bin/env bash
# Two of three converters from Swagger 2.0 to OpenAPI 3.0 leave the ANY method of API
# Gateway in its old form, with references that no longer lead anywhere.
#
# Expected: a converter changes x-amazon-apigateway-any-method as it changes "get",
# or leaves every extension alone; in either case references within the document
# still have a target.
# Seen: swagger-parser's converter 2.1.48 (Java) and kin-openapi 0.153.0 (Go) move
# definitions and responses to components, and the ANY method still refers to
# "#/definitions/Pets" and declares its CORS header in the old form. Neither reports
# anything. swagger2openapi 7.0.8 (JavaScript) knows the extension and converts it.
# Why it matters: the headers that were declared for CORS on the ANY method are no
# valid OpenAPI 3.0, and its model is not found at the import, while the OPTIONS
# beside it is fine. Convert first, and look at ANY by hand.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

cat >pets.json <<'EOF'
{
  "swagger": "2.0",
  "info": {"title": "pets", "version": "1"},
  "produces": ["application/json"],
  "paths": {
    "/pets": {
      "x-amazon-apigateway-any-method": {
        "responses": {
          "200": {
            "description": "ok",
            "schema": {"$ref": "#/definitions/Pets"},
            "headers": {"Access-Control-Allow-Origin": {"type": "string"}}
          }
        }
      },
      "options": {
        "responses": {
          "200": {
            "description": "preflight",
            "headers": {"Access-Control-Allow-Origin": {"type": "string"}}
          }
        }
      }
    }
  },
  "definitions": {"Pets": {"type": "array", "items": {"type": "string"}}}
}
EOF

npm init --yes >init.log
npm install --loglevel error --no-audit --no-fund swagger2openapi@7.0.8 >install.log
npm ls --depth 0 | tail -n +2
node -e '
	require("swagger2openapi").convertObj(require("./pets.json"), {}).then(({ openapi }) =>
		require("fs").writeFileSync("swagger2openapi.json", JSON.stringify(openapi)));
'

cat >pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>look</groupId>
  <artifactId>look</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.swagger.parser.v3</groupId>
      <artifactId>swagger-parser</artifactId>
      <version>2.1.48</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.16</version>
    </dependency>
  </dependencies>
</project>
EOF
mvn --batch-mode --quiet -Dstyle.color=never dependency:copy-dependencies -DoutputDirectory=jars >mvn.log
ls jars/swagger-parser-v2-converter-*.jar
cat >Convert.java <<'EOF'
import io.swagger.parser.OpenAPIParser;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.*;

public class Convert {
  public static void main(String[] files) throws Exception {
    SwaggerParseResult result = new OpenAPIParser().readContents(Files.readString(Path.of(files[0])), null, null);
    System.err.println(result.getMessages());
    Json.mapper().writeValue(Path.of(files[1]).toFile(), result.getOpenAPI());
  }
}
EOF
java -cp 'jars/*' Convert.java pets.json swagger-parser.json 2>messages
[[ $(cat messages) == "[]" ]] # it reports nothing

go mod init look >init.log 2>&1
go get github.com/getkin/kin-openapi@v0.153.0 >get.log 2>&1
cat >main.go <<'EOF'
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
)

func main() {
	var document openapi2.T
	if err := json.NewDecoder(os.Stdin).Decode(&document); err != nil {
		log.Fatal(err)
	}
	converted, err := openapi2conv.ToV3(&document)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(converted); err != nil {
		log.Fatal(err)
	}
}
EOF
go mod tidy >get.log 2>&1
go list -m github.com/getkin/kin-openapi
go run . <pets.json >kin-openapi.json

cat >look.cjs <<'EOF'
for (const name of ["swagger2openapi", "swagger-parser", "kin-openapi"]) {
  const document = require(`./${name}.json`);
  const { options, "x-amazon-apigateway-any-method": any } = document.paths["/pets"];
  const response = any.responses["200"];
  const target = (response.schema ?? response.content["application/json"].schema).$ref;
  const found = target.slice(2).split("/").reduce((value, key) => value?.[key], document) !== undefined;
  const header = ({ responses }) => JSON.stringify(responses["200"].headers["Access-Control-Allow-Origin"]);
  console.log(`${name}:`);
  console.log("  OPTIONS", header(options));
  console.log("  ANY", header(any));
  console.log("  ANY refers to", target + ",", found ? "which is there" : "which is missing");
}
EOF
node look.cjs | tee seen
diff - seen <<'EOF'
swagger2openapi:
  OPTIONS {"schema":{"type":"string"}}
  ANY {"schema":{"type":"string"}}
  ANY refers to #/components/schemas/Pets, which is there
swagger-parser:
  OPTIONS {"schema":{"type":"string"}}
  ANY {"type":"string"}
  ANY refers to #/definitions/Pets, which is missing
kin-openapi:
  OPTIONS {"schema":{"type":"string"}}
  ANY {"type":"string"}
  ANY refers to #/definitions/Pets, which is missing
EOF
