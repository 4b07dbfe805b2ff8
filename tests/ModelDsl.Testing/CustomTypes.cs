namespace ModelDsl.Testing;

/// <summary>What stands behind the name of a type of the author's own.</summary>
public static class CustomTypes
{
    /// <summary>An activation that gives back its input.</summary>
    public const string Activation =
        """
         : ModelDsl.Extensibility.IActivation
        {
            public static bool DerivativeUsesOutput => true;
            public TVector Forward<TVector>(TVector x)
                where TVector : struct, ModelDsl.Extensibility.ISimdVector<TVector> => x;
            public TVector Derivative<TVector>(TVector saved)
                where TVector : struct, ModelDsl.Extensibility.ISimdVector<TVector> => saved;
        }
        """;
}
