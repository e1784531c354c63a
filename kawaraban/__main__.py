from kawaraban.cli import main

if __name__ == "__main__":
    main()
