using System.Collections.Immutable;
using QuikApp.Host.Api.Problems;

namespace QuikApp.Host.Api.Description;

/// <summary>What the document says of an operation beyond its route, and what <see cref="Requests.StrictRequestFilter"/> lets through.</summary>
/// <param name="Parameters">Its query parameters.</param>
/// <param name="HasBody">Whether it takes a body.</param>
/// <param name="Problems">What it may refuse beside what every operation may.</param>
internal sealed record ApiOperation(ImmutableArray<ApiParameter> Parameters, bool HasBody, ImmutableArray<ProblemReason> Problems);
