package policy

// Origins returns the value of [Policy.AllowOrigins] that lists origins, as browsers send
// them: Origins("https://app.example.com", "http://localhost:3000"). An expression that
// stands alone, such as "stageVariables.origin", "${origin}" or the long form of a
// CloudFormation intrinsic as JSON, is a raw value.
func Origins(origins ...string) Value[[]string] { return list(origins) }

// Methods returns the value of [Policy.AllowMethods] that lists methods. An expression
// that stands alone is a raw value.
func Methods(names ...string) Value[[]string] { return list(names) }

// Headers returns the value of [Policy.AllowHeaders] or [Policy.ExposeHeaders] that lists
// headers. An expression that stands alone is a raw value.
func Headers(names ...string) Value[[]string] { return list(names) }

// Seconds returns the value of [Policy.MaxAge] that is a number of seconds.
func Seconds(n int) Value[int] { return Literal(n) }

// Credentials returns the value of [Policy.AllowCredentials] that allows credentials, or
// decides against them.
func Credentials(allow bool) Value[bool] { return Literal(allow) }

// list returns what entries of a list say. An expression among others stays a literal,
// which [Policy.Validate] refuses.
func list(entries []string) Value[[]string] {
	if len(entries) == 1 && IsExpression(entries[0]) {
		return Raw[[]string](entries[0])
	}
	return Literal(entries)
}
