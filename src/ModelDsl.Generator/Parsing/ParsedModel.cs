using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelDsl.Generator.Parsing;

/// <summary>A declaration with the attributes it came from, for those who report positions.</summary>
/// <param name="Declaration">The model's declaration.</param>
/// <param name="Attributes">The attribute of each layer, in the order of the declaration's layers.</param>
internal sealed record ParsedModel(ModelDeclaration Declaration, ImmutableArray<AttributeData> Attributes);
