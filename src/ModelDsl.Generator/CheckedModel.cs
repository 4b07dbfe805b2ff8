using ModelDsl.Generator.Differentiation;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator;

/// <summary>
/// A model as far as generator and analyzers go together: its rules checked and, where it breaks none, its operations.
/// It follows from the declaration alone, so two of equal declarations are equal.
/// </summary>
/// <param name="declaration">The attributes.</param>
/// <param name="shaped">The layers.</param>
/// <param name="members">The members that its tensors have.</param>
/// <param name="differentiated">
/// The operations, forward and backward; null where the model breaks a rule that is an error.
/// </param>
/// <param name="issues">All rules that the model breaks.</param>
internal sealed class CheckedModel(
    ModelDeclaration declaration,
    ShapedModel shaped,
    MemberNames? members,
    DifferentiatedModel? differentiated,
    EquatableArray<ShapeIssue> issues)
    : IEquatable<CheckedModel>
{
    public ModelDeclaration Declaration => declaration;

    public ShapedModel Shaped => shaped;

    /// <summary>The members that the tensors have; null where the shapes break a rule.</summary>
    public MemberNames? Members => members;

    public DifferentiatedModel? Differentiated => differentiated;

    /// <summary>The fused programs of a model that keeps to a memory budget; null where there is none.</summary>
    public FusedModel? KeptToBudget { get; init; }

    public EquatableArray<ShapeIssue> Issues => issues;

    public bool Equals(CheckedModel? other) => ReferenceEquals(this, other) || (other is not null && declaration.Equals(other.Declaration));

    public override bool Equals(object? obj) => Equals(obj as CheckedModel);

    public override int GetHashCode() => declaration.GetHashCode();
}
