#!/usr/bin/env bash
# Renders the rows of the tables beside this directory with Apache Velocity 1.7, and
# fails if it makes anything else of them than what is recorded. With -update it records
# them anew: a new row needs no more than its template.
#
# It needs a JDK, 11 or later: that of JAVA_HOME, or of PATH. The libraries are fetched
# from Maven Central, or from MAVEN_REPO, a repository of the same layout. Without that
# variable, those of Debian's packages velocity and libgoogle-gson-java do as well.
set -euo pipefail
cd "$(dirname "$0")"

fail() {
	echo "record.sh: $*" >&2
	exit 1
}

[[ $# -eq 0 || "$*" == -update ]] || fail "usage: record.sh [-update]"

jdk=${JAVA_HOME:+$JAVA_HOME/bin/}
command -v "${jdk}javac" >/dev/null || fail "there is no ${jdk}javac: install a JDK, or set JAVA_HOME"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

sha256() {
	if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# fetch adds a library of the repository to the class path, if it is the one expected.
fetch() {
	local path=$1 sum=$2 jar=$tmp/${1##*/}
	curl -fsSL -o "$jar" "${MAVEN_REPO:-https://repo1.maven.org/maven2}/$path" || fail "cannot fetch $path"
	echo "$sum  $jar" | sha256 -c - >/dev/null || fail "$path is not the file that is expected"
	class_path+=:$jar
}

class_path=$tmp
debian=/usr/share/java
if [[ -z ${MAVEN_REPO:-} && -e $debian/velocity-1.7.jar && -e $debian/gson.jar ]]; then
	class_path+=:$debian/velocity-1.7.jar:$debian/commons-collections3.jar:$debian/commons-lang.jar:$debian/gson.jar
else
	fetch org/apache/velocity/velocity/1.7/velocity-1.7.jar ec92dae810034f4b46dbb16ef4364a4013b0efb24a8c5dd67435cae46a290d8e
	fetch commons-collections/commons-collections/3.2.1/commons-collections-3.2.1.jar 87363a4c94eaabeefd8b930cb059f66b64c9f7d632862f23de3012da7660047b
	fetch commons-lang/commons-lang/2.4/commons-lang-2.4.jar 2c73b940c91250bc98346926270f13a6a10bb6e29d2c9316a70d134e382c873e
	fetch com/google/code/gson/gson/2.11.0/gson-2.11.0.jar 57928d6e5a6edeb2abd3770a8f95ba44dce45f3b23b7a9dc2b309c581552a78b
fi

"${jdk}javac" -nowarn -d "$tmp" -cp "$class_path" Record.java
"${jdk}java" -cp "$class_path" Record "$@" ../velocity-1.7.json ../velocity-1.7-generated.json
