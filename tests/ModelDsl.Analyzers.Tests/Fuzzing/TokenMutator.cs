using System.Text.RegularExpressions;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>
/// Deletes, inserts, swaps, repeats and replaces the tokens of a text at random, as hasty typing does. Half of the time
/// it changes a number or a layer only, so that many programs stay free of errors.
/// </summary>
internal sealed class TokenMutator(Random random, IReadOnlyList<string> corpus)
{
    private const int MostChanges = 3;

    private static readonly string[] Numbers = ["0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "8 ", "12 ", "17 ", "100 "];
    private static readonly string[] Layers = ["Relu ", "Tanh ", "Sigmoid ", "Silu ", "Gelu ", "Softmax ", "Flatten ", "Mish ", "LogSoftmax ", "BatchNorm ", "LayerNorm "];

    private readonly ImmutableArray<string> _vocabulary = [.. corpus.SelectMany(Tokens).Distinct()];

    /// <summary>A program of the corpus with some changes.</summary>
    public string Next() => Change(corpus[random.Next(corpus.Count)], 1 + random.Next(MostChanges));

    /// <summary>A text with a number of changes.</summary>
    public string Change(string text, int changes)
    {
        List<string> tokens = [.. Tokens(text)];
        for (int i = 0; i < changes && tokens.Count > 0; i++)
        {
            Change(tokens);
        }

        return string.Concat(tokens);
    }

    /// <summary>
    /// A program whose types have names of their own, so that it can be compiled together with others.
    /// </summary>
    public static string Number(string program, int number)
    {
        string[] types =
        [
            .. CSharpSyntaxTree.ParseText(program).GetRoot().DescendantNodes()
                .OfType<BaseTypeDeclarationSyntax>()
                .Select(type => type.Identifier.ValueText)
                .Where(name => name.Length > 0)
                .Distinct(),
        ];
        return types.Length == 0
            ? program
            : Regex.Replace(program, $@"\b({string.Join('|', types)})\b", FormattableString.Invariant($"$1_{number}"));
    }

    private void Change(List<string> tokens)
    {
        int at = random.Next(tokens.Count);
        switch (random.Next(10))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, AnyToken());
                break;
            case 2:
                int other = random.Next(tokens.Count);
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 3:
                tokens.Insert(at, tokens[at]);
                break;
            case 4:
                tokens[at] = AnyToken();
                break;
            case 5 or 6 or 7:
                ReplaceAny(tokens, token => char.IsAsciiDigit(token[0]), Numbers);
                break;
            default:
                ReplaceAny(tokens, token => Layers.Contains(token.Trim() + " "), Layers);
                break;
        }
    }

    private void ReplaceAny(List<string> tokens, Predicate<string> isMeant, string[] others)
    {
        int[] places = [.. Enumerable.Range(0, tokens.Count).Where(place => isMeant(tokens[place]))];
        if (places.Length > 0)
        {
            tokens[places[random.Next(places.Length)]] = others[random.Next(others.Length)];
        }
    }

    private string AnyToken() => _vocabulary[random.Next(_vocabulary.Length)];

    // Each token with the space behind it, so that two of them never grow together.
    private static IEnumerable<string> Tokens(string text) =>
        SyntaxFactory.ParseTokens(text)
            .Where(token => !token.IsKind(SyntaxKind.EndOfFileToken))
            .Select(token => token.ToFullString() is var full && char.IsWhiteSpace(full[^1]) ? full : full + " ");
}
