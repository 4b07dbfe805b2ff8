namespace ModelDsl;

/// <summary>
/// A model of a sequence of tokens that can be computed token by token, keeping what was computed for earlier tokens.
/// The generator implements it for every model of tokens whose layers allow it: see <c>docs/generation.md</c>.
/// </summary>
public interface IGenerativeModel : IInferenceModel
{
    /// <summary>
    /// Starts an empty sequence with memory of its own. It reads the model's parameters as they are at each token.
    /// </summary>
    TokenGenerator CreateGenerator();
}
